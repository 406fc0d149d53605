let calls = 0;
export const handler = async () => {
  calls++;
  if (calls % 2 === 0) throw new Error("every second call fails");
};
