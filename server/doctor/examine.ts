// All looks at one installation, in the order in which they are told.

import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import { checkDatabase } from './database-checks.ts'
import type { Finding } from './finding.ts'
import { checkDataFolder, checkNode, checkPort, checkSpace } from './machine-checks.ts'
import { checkClient, checkMail, checkRedis } from './service-checks.ts'
import { checkAuthSecret, checkPublicUrl } from './settings-checks.ts'

/** Looks at everything the settings name; changes nothing. */
export async function examine(config: Config, log: Log): Promise<Finding[]> {
  const looks: (() => Promise<Finding | Finding[]>)[] = [
    async () => checkNode(),
    () => checkDataFolder(config),
    () => checkSpace(config),
    () => checkPort(config),
    () => checkPublicUrl(config),
    () => checkAuthSecret(config),
    () => checkDatabase(config, log),
    () => checkRedis(config),
    () => checkMail(config),
    () => checkClient(),
  ]
  const findings = []
  for (const look of looks) findings.push(await look())
  return findings.flat()
}
