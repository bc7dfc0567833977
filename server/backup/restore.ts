// `npm run restore -- <file>`: a backup back into an empty database, while no server runs on it.

import { join } from 'node:path'
import { restoreBackup } from '../store/backup.ts'
import { readBackupFile } from './backup-file.ts'
import { runTool, withStoppedDatabase } from './tool.ts'

const folder = join(import.meta.dirname, '../../sql')

process.exitCode = await runTool('npm run restore -- <file>: puts a backup into an empty database.', (context) =>
  withStoppedDatabase(context, async (url) => {
    const rows = await restoreBackup({ url, from: readBackupFile(context.argument), folder, log: context.log })
    return `restored: ${Object.entries(rows)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`
  }),
)
