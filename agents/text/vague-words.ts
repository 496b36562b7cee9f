// Words that two readers read differently. A short list after Berry, Kamsties and Krieger, "From Contract Drafting to
// Software Specification: Linguistic Sources of Ambiguity" (2003), and ISO/IEC/IEEE 29148, 5.2.7.

export const VAGUE_WORDS: readonly string[] = [
  ...['user-friendly', 'easy to use', 'fast enough', 'as appropriate', 'if possible', 'as needed', 'and so on', 'etc'],
  ...[
    'sufficient',
    'adequate',
    'reasonable',
    'flexible',
    'robust',
    'seamless',
    'intuitive',
    'state of the art',
    'best',
  ],
  ...['many', 'several', 'some', 'various', 'often', 'usually', 'normally', 'soon', 'somehow', 'maybe', 'almost'],
];
