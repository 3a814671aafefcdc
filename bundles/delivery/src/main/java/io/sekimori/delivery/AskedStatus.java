package io.sekimori.delivery;

import io.sekimori.status.Moment;
import io.sekimori.status.StatusSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Adds to the status when the console was last asked for updates (EN 303 645, 5.3-5). Thread-safe. */
@Component(service = StatusSource.class)
public final class AskedStatus implements StatusSource {

    private final Delivery delivery;

    /** Called by Declarative Services. */
    @Activate
    public AskedStatus(@Reference Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public Contribution contribute() {
        Map<Moment, Instant> moments = delivery.asked()
                .map(last -> Map.of(Moment.UPDATES_ASKED, last.when()))
                .orElse(Map.of());
        return new Contribution(List.of(), List.of(), moments);
    }
}
