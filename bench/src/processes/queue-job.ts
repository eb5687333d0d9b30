export const QUEUE_NAME = 'deliveries';

export interface DeliveryJob {
  id: string;
  data: string;
}
