/** Entry of a worker: lists one archive, or unpacks one into the ring it is handed. It ends when that is done. */
import { parentPort, workerData } from 'node:worker_threads';
import { listArchive, type ListTask, unpackArchive, type UnpackTask } from './seven-zip-tasks.ts';

const task = workerData as ListTask | UnpackTask;

if (task.kind === 'list') parentPort!.postMessage(listArchive(task));
else unpackArchive(task);
