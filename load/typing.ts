// `npm run load:typing`: a crowd that types through either door, on one server or on the nodes of a cluster.

import { setOwnStage } from './own-stage.ts'
import { startOwnServer, type OwnServer } from './own-server.ts'
import { parseTypingOptions, usage, type TypingOptions } from './typing-options.ts'
import { formatReport, isWhole } from './typing-report.ts'
import { runTyping } from './typing-run.ts'

const exitCodes = { whole: 0, notWhole: 1, usage: 2, generatorUnfit: 3 } as const

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    return exitCodes.whole
  }
  let options: TypingOptions
  try {
    options = parseTypingOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
    return exitCodes.usage
  }
  const own: OwnServer | undefined = options.urls.length === 0 ? await startOwnServer(options.settings) : undefined
  try {
    const stage = await setOwnStage(own ? [own.url] : options.urls, own ? [own.pid] : options.pids, options)
    const result = await runTyping(stage, options)
    process.stdout.write(`${formatReport(result)}\n`)
    if (!isWhole(result)) return exitCodes.notWhole
    return result.generator.isFit ? exitCodes.whole : exitCodes.generatorUnfit
  } finally {
    await own?.stop()
  }
}

process.exitCode = await main()
