// What is asked of a page from inside it, as text: it runs in the browser, whose types are not those of this project.

/** Whether the page is wider than its window. */
export const OVERFLOWS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

/** Computed styles of what is visible: `{colours, fonts, spacings}`, with repetitions. */
export const DRAWN = `(() => {
  const colours = [], fonts = [], spacings = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    colours.push(style.color, style.backgroundColor);
    fonts.push(style.fontFamily);
    for (const side of ['Top', 'Right', 'Bottom', 'Left']) spacings.push(style['margin' + side], style['padding' + side]);
    spacings.push(style.rowGap, style.columnGap);
  }
  return { colours, fonts, spacings };
})()`;

/** Runs axe-core, which the page must hold by then. */
export const audit = (tags: readonly string[]): string =>
  `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} }, resultTypes: ['violations', 'incomplete'] })`;
