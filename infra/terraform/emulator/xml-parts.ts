/** What stands in the first element of this name, or undefined where there is none or an empty one. */
export function elementText(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
}

/** The first element of this name with all that is in it, without attributes of its own. */
export function element(xml: string, name: string): string | undefined {
  const text = elementText(xml, name);
  return text === undefined ? undefined : `<${name}>${text}</${name}>`;
}

/** What stands in each element of this name. */
export function allTexts(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(
    ([, text = '']) => text,
  );
}
