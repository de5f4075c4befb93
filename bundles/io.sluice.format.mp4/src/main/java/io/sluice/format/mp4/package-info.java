/** MP4 files (ISO/IEC 14496-12): tracks and where each sample lies and when it is due; recordings in fragments, and plain files made of them. */
package io.sluice.format.mp4;
