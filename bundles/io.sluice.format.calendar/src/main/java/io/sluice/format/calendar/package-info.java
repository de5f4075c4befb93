/** When the events of an iCalendar file (RFC 5545) are on: recurring ones, time zones and exceptions included. Plain code, any thread, no I/O; every answer is bounded. */
package io.sluice.format.calendar;
