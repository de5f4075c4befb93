/** Parsers against inputs that nobody meant. */
package io.sluice.testkit.fuzz;
