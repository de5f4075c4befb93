package io.sluice.target.exec.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whether and how many commands run. */
@ObjectClassDefinition(name = "Sluice: commands as targets", description = "Pushes that feed a stream to a command: ts-exec:ffmpeg -i - … and the writers of io.sluice.target.exec.writer.")
@interface ExecConfig {
    @AttributeDefinition(name = "Commands in targets", description = "Allow targets that name a command themselves, such as ts-exec:ffmpeg -i - out.ts. Whoever can give a push its target, a "
        + "PUSH_OUT_START trigger's server included, then runs programs as the server's user. Writers are configured and need no such leave. Default: false.")
    boolean enabled() default false;

    @AttributeDefinition(name = "Commands at once", description = "So many run at the same time, of all pushes; another push is refused. Default: 64.", min = "1", max = "2000")
    int processes() default 64;
}
