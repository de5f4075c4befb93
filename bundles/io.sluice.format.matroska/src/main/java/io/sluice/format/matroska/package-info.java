/** Recording frames as Matroska (RFC 9559) and WebM. Plain byte code, no threads. */
package io.sluice.format.matroska;
