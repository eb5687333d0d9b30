import type { Transform } from '../domain/resources.ts';
import { compileTemplate } from './compile-template.ts';
import { compileText } from './compile-text.ts';
import { parseExact } from './parse-exact.ts';
import { escapeJson, escapeNothing, escapePath, renderTemplate } from './render-template.ts';
import { headerValueOf, pathOf } from './request-parts.ts';
import type { TransformResult } from './transform-result.ts';

/** A template that only wants an event. */
export type CompiledTemplate = (structured: string, outputBytes: number) => TransformResult;

/** Compiles the body, headers and path of a template transform. Throws `SourceFault`. */
export function compileTemplateTransform(transform: Transform): CompiledTemplate {
  const body = compileTemplate(transform.body);
  const headers = Object.entries(transform.headers ?? {}).map(
    ([name, source]) => [name, compileText(source)] as const,
  );
  const path = transform.path === undefined ? null : compileText(transform.path);
  return (structured, outputBytes) => {
    try {
      const input = parseExact(structured);
      const text = Buffer.from(renderTemplate(body, input, escapeJson, outputBytes));
      if (text.length > outputBytes)
        throw new Error(`The result is longer than ${outputBytes} bytes.`);
      const rendered: Record<string, string> = {};
      for (const [name, segments] of headers) {
        const value = headerValueOf(
          name,
          renderTemplate(segments, input, escapeNothing, outputBytes),
        );
        if (value !== undefined && value !== '') rendered[name] = value;
      }
      return {
        outcome: 'ok',
        body: text,
        contentType: 'application/json',
        headers: rendered,
        path: path && pathOf(renderTemplate(path, input, escapePath, outputBytes)),
      };
    } catch (error) {
      return {
        outcome: 'failed',
        message: error instanceof Error ? error.message : String(error),
        position: null,
      };
    }
  };
}
