import { systemClock } from '../../domain/clock.ts';
import { createMachineLedger } from './create-machine-ledger.ts';

// A process of its own that counts at the path it is given, until it is killed.
const ledger = createMachineLedger({ path: process.argv[2] ?? '', clock: systemClock });
setInterval(() => void ledger.join(), 100);
console.log(await ledger.join());
