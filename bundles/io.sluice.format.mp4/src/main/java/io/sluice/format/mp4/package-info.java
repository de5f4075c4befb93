/** Reading MP4 files (ISO/IEC 14496-12): tracks, and where each sample lies and when it is due. Media is never loaded here. */
package io.sluice.format.mp4;
