/** Calendars from files and URLs, kept and read again, and what is on. */
package io.sluice.format.programme;
