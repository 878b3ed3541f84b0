#!/usr/bin/env node
import { runCommand } from './cli/run.ts'
import { readClientConfig } from './config.ts'

process.exitCode = await runCommand(process.argv.slice(2), readClientConfig())
