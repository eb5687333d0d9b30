import type { StreamMessageName, StreamMessages } from '@signalbox/api/contract';

export type StreamEvent = StreamMessages['event.accepted'];
export type StreamStats = StreamMessages['stats'];
export type StreamMessage = {
  [Name in StreamMessageName]: { name: Name; data: StreamMessages[Name] };
}[StreamMessageName];
