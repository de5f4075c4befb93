/**
 * FLV tag bodies, which are also RTMP's audio and video messages: Adobe "Video File Format Specification" 10.1 Annex E, and Veovera "Enhanced RTMP" v2.
 */
package io.sluice.format.flv;
