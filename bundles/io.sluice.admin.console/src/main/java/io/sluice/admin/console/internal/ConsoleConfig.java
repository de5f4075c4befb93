package io.sluice.admin.console.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may use the Web Console. There is no default password: without one nobody gets in. */
@ObjectClassDefinition(name = "Sluice: Web Console log-in", description = "Who may use the Web Console. Whoever can log in there can run code as the server.")
@interface ConsoleConfig {
    @AttributeDefinition(name = "User", description = "Name of the administrator. Default: admin.")
    String user() default "admin";

    @AttributeDefinition(name = "Password hash", type = AttributeType.PASSWORD,
        description = "The password as pbkdf2-sha512:<iterations>:<base64 salt>:<base64 hash>. Written at the first start; emptied, the next start makes a new password and shows it"
            + " once. Default: none.")
    String passwordHash() default "";

    @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD,
        description = "The password in clear, for tests and containers; if it is not empty, it counts instead of the hash. Shipped as a reference to the environment variable"
            + " SLUICE_ADMIN_PASSWORD. Default: none.")
    String password() default "";
}
