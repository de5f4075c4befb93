/** Files and endless streams of several formats, made of a stream's frames by one interface. */
package io.sluice.format.container;
