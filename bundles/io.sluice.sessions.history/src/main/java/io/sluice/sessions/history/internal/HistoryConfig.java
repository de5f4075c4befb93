package io.sluice.sessions.history.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which database, and for how long. */
@ObjectClassDefinition(name = "Session history", description = "Ended sessions go to a database: one of our own under data/, or PostgreSQL.")
@interface HistoryConfig {
    @AttributeDefinition(name = "JDBC driver", description = "Class of the driver, whose bundle is installed: org.h2.Driver or org.postgresql.Driver. Default: org.h2.Driver.")
    String driver() default "org.h2.Driver";

    @AttributeDefinition(name = "JDBC address", required = false, description = "Such as jdbc:postgresql://db.example/sluice. Empty: the file data/sessions/history in the server's home, with H2."
        + " Default: empty.")
    String url() default "";

    @AttributeDefinition(name = "User", required = false, description = "Of the database. Default: none.")
    String user() default "";

    @AttributeDefinition(name = "Password file", required = false, description = "A file with the user's password; a relative path begins at the server's home. Default: none.")
    String passwordFile() default "";

    @AttributeDefinition(name = "Password", required = false, type = AttributeType.PASSWORD,
        description = "The user's password where no file has it; better a reference to the environment such as $[env:SLUICE_DATABASE_PASSWORD]. Default: none.")
    String password() default "";

    @AttributeDefinition(name = "Kept for, days", min = "0", description = "Sessions that ended longer ago are deleted. 0: none is. Default: 90.")
    int retentionDays() default 90;

    @AttributeDefinition(name = "Waiting at most", min = "1", description = "Sessions that wait while the database is away; beyond it the oldest are dropped and counted. About 1 kB each. Default: 50000, as many as the engine remembers.")
    int maxWaiting() default 50_000;
}
