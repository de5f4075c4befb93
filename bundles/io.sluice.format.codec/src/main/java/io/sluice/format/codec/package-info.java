/** Facts about codecs as plain byte code: no threads, no services, no state. Every parser refuses with IllegalArgumentException and never reads beyond its input. */
package io.sluice.format.codec;
