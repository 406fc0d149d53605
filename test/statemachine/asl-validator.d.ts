declare module "asl-validator" {
  interface ValidationResult {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  const validate: (definition: unknown) => ValidationResult;
  export default validate;
}
