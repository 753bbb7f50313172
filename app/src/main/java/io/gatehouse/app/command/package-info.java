/** The command line: what each subcommand reads, prints and answers with. */
package io.gatehouse.app.command;
