package io.sekimori.delivery;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code update.assigned}: when the console was asked last, and what it had. Thread-safe. */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=update.assigned")
public final class AssignedOperation implements ControlOperation {

    private final Delivery delivery;

    /** Called by Declarative Services. */
    @Activate
    public AssignedOperation(@Reference Delivery delivery) {
        this.delivery = delivery;
    }

    /** No members if it was not asked since this started. */
    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        Optional<Asked> asked = delivery.asked();
        return new ControlAnswer.Done(asked.map(last -> Map.<String, Object>of(
                        "asked", last.when().toString(), "assignment", last.assignment(), "releases", last.releases()))
                .orElse(Map.of()));
    }
}
