// `npm run backup -- <file>`: everything in the database, into one file, while the server runs or not.

import { writeBackup } from '../store/backup.ts'
import { writeBackupFile } from './backup-file.ts'
import { runTool, withExistingDatabase } from './tool.ts'

process.exitCode = await runTool('npm run backup -- <file>: writes everything in the database into a new file.', (context) =>
  withExistingDatabase(context, async (url) => {
    const bytes = await writeBackupFile(context.argument, writeBackup(url))
    return `${context.argument}: ${bytes} bytes`
  }),
)
