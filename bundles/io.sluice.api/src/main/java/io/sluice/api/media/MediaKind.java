package io.sluice.api.media;

/** What a track is for. */
public enum MediaKind { VIDEO, AUDIO, DATA }
