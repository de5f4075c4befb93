/** What identifies a session: the names of fields and their values for a connection, tokens, cookies. */
package io.sluice.format.session;
