declare module 'asl-validator' {
  interface Verdict {
    readonly isValid: boolean;
    readonly errors: readonly { readonly Message?: string; readonly Path?: string }[];
  }
  export default function validate(definition: object): Verdict;
}
