const ready = await new Promise((resolve) => setTimeout(resolve, 5, "ready"));

export const handler = async () => ready;
