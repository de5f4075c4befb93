package io.sluice.api.trigger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** What people want to know of the triggers; offered by the engine beside {@link Triggers}, under the same name. Any thread; nothing blocks. */
@ConsumerType
public interface TriggerReports {
    /** In the order in which they are asked. */
    List<TriggerReport> list();

    /** That the engine knows; others work as decisions whose fields are texts. */
    List<TriggerType> types();

    /** By type, over all triggers, those included that are no longer there. */
    Map<String, TriggerCounts> counts();

    /**
     * Sends an event to one trigger's handler, whatever its filters say; counted nowhere.
     *
     * @param id of a report
     * @return ends within the trigger's time-out, never exceptionally
     */
    CompletionStage<TriggerReply> sample(String id, TriggerEvent event);
}
