/** Commands within limits of time, output and number, ended with all that they started. Linux: groups by setsid(1), what left its group is found in /proc. */
package io.sluice.format.process;
