// The process: reads the settings, starts the services, prints the address, stops on a signal.

import { describeSettings, readEnvironment } from './base/config.ts'
import { createLog } from './base/log.ts'
import { ServiceGroup } from './base/service.ts'
import { compose } from './composition/compose.ts'

async function main(): Promise<number | undefined> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`Settings, read from the environment (default):\n\n${describeSettings()}\n`)
    return 0
  }
  const read = readEnvironment()
  if ('problems' in read) {
    process.stderr.write(`Elenchus cannot start, these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}\n`)
    return 2
  }
  const { config } = read
  const log = createLog(config.LOG_LEVEL)
  const group = new ServiceGroup(log)
  // From now on and for good: one during the start waits for its end, and Ctrl-C comes twice, from the terminal and from npm.
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, resolve)
  })
  try {
    const { services, publicUrl } = await compose(config, log, group)
    for (const service of services) await group.start(service)
    process.stdout.write(`Elenchus is ready at ${publicUrl()}\n`)
  } catch (error) {
    log.fatal({ err: error }, 'server.start_failed')
    process.stderr.write(`Elenchus cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
    await group.stop(config.SHUTDOWN_DEADLINE_MS)
    return 1
  }
  log.info({ signal: await signalled }, 'server.stopping')
  return (await group.stop(config.SHUTDOWN_DEADLINE_MS)) ? 0 : 1
}

// Left-over handles must not keep a stopped server alive, so the process is ended rather than waited for.
process.exit(await main())
