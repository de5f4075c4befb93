/** What triggers of pushes have in common: parameters, schedules, names of streams. */
package io.sluice.format.push;
