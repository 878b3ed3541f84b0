// What a thread of judgeApart runs.
import { parentPort, workerData } from 'node:worker_threads'
import { judge } from './judge.ts'

const { schemaText, document } = workerData as { schemaText: string; document: unknown }
parentPort?.postMessage(judge(schemaText, document))
