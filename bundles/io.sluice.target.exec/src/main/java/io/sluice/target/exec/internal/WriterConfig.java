package io.sluice.target.exec.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A program that takes media for addresses of schemes that nobody else pushes to: the Web Console's form. Each is a factory configuration of {@link #PID}. */
@ObjectClassDefinition(name = "Sluice: external writer", factoryPid = WriterConfig.PID, description = "A command that gets the media of pushes to its schemes on standard input, in the format that the "
    + "address ends in, and the address as its last argument.")
@interface WriterConfig {
    String PID = "io.sluice.target.exec.writer";

    @AttributeDefinition(name = "Name", description = "For people: it stands in the log.")
    String name();

    @AttributeDefinition(name = "Command", description = "Such as /usr/local/bin/to-bucket --region 'eu 1'. Quotes and backslashes work as in a shell, nothing else does. Variables are expanded, each within its word.")
    String command();

    @AttributeDefinition(name = "Schemes", description = "Such as s3 for addresses s3://bucket/name.ts. Letters, digits, plus signs, dots and hyphens.")
    String[] schemes();
}
