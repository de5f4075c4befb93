/** What targets of pushes share that send frames to one receiver over a connection: taking them while there is room, times that rise, and receivers that stall. */
package io.sluice.format.delivery;
