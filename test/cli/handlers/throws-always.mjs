export const handler = async () => {
  throw new TypeError("Cannot read properties of undefined (reading 'id')");
};
