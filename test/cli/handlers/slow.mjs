export const handler = () => new Promise((resolve) => setTimeout(resolve, 400));
