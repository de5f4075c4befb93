package io.sluice.target.file.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where recordings may lie, and how long they stay. */
@ObjectClassDefinition(name = "Sluice: recordings", description = "Files that streams are pushed to: where they may lie and when they are deleted. Only recordings that are over are"
    + " deleted, and only files that Sluice wrote and nobody changed.")
@interface FileConfig {
    @AttributeDefinition(name = "Folders", required = false, description = "Recordings are written into these folders and what is below them; relative paths begin at the first. They must"
        + " be there. Where none is given: data/recordings in the server's home, which is made.")
    String[] roots() default {};

    @AttributeDefinition(name = "Kept for", required = false, description = "Recordings that ended longer ago are deleted: seconds, or a number with m, h or d, such as 30d. 0: none is. Default: 0.")
    String keep() default "0";

    @AttributeDefinition(name = "Kept at most", required = false, min = "0", description = "Recordings in one folder of those above; beyond it the oldest are deleted. 0: no limit. Default: 0.")
    int keepCount() default 0;

    @AttributeDefinition(name = "Free at least, MiB", required = false, min = "0", description = "While less of the disk is free, the oldest recordings are deleted. 0: none is. Default: 0.")
    long keepFreeMebibytes() default 0;

    @AttributeDefinition(name = "In hand at most, MiB", required = false, min = "1", description = "Media that waits in memory for a disk that is slow, for each recording. Beyond it media waits"
        + " in the stream's own buffer, and is skipped when that is over. Default: 16, half a minute of 4 Mbit/s.")
    int queueMebibytes() default 16;
}
