import { TestEnvironment } from 'jest-environment-jsdom';

/** Nothing is laid out in jsdom, so no size ever changes. */
class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** A page with what jsdom leaves out of a browser's globals and screens use. */
export default class PageEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const { Headers, Request, Response } = globalThis;
    Object.assign(this.global, { Headers, Request, Response, ResizeObserver });
  }
}
