package io.sluice.session.fields.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.format.session.PlainStrategy;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The strategy "fields": connections whose configured fields are equal are one session. */
@Component(property = Protocol.NAME + "=fields")
public final class FieldsStrategy implements SessionStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(FieldsStrategy.class);

    private final SessionStrategy plain = new PlainStrategy(
        unknown -> LOG.error("configuration io.sluice.sessions: {} {} no field and is left out; there are stream, address, token, protocol, userAgent, header:NAME, cookie:NAME, query:NAME",
            unknown, unknown.size() == 1 ? "is" : "are"));

    @Override
    public Identity identify(ConnectionFacts facts, List<String> fields) {
        return plain.identify(facts, fields);
    }
}
