package io.sekimori.people.file;

import io.sekimori.access.AccessException;
import io.sekimori.access.PeopleStore;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * People in {@code data/io.sekimori.people.file/people.json}, for a unit without a database. Keeps nothing between calls
 * that the file does not have, so two versions may run beside each other, and a call after deactivation is served.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {PeopleStore.class, HealthCheck.class},
        property = {HealthCheck.NAME + "=people", HealthCheck.TAGS + "=sekimori"})
public final class FilePeople implements PeopleStore, HealthCheck {

    static final String BUNDLE = "io.sekimori.people.file";

    private final PeopleFile file;

    /** Called by Declarative Services. */
    @Activate
    public FilePeople(@Reference RunningGeneration running) {
        this(running.unit().resolve("data").resolve(BUNDLE));
    }

    FilePeople(Path folder) {
        this.file = new PeopleFile(folder);
    }

    @Override
    public <T> T change(Deed<T> deed) throws AccessException {
        AtomicReference<T> found = new AtomicReference<>();
        file.change(now -> {
            Draft draft = new Draft(now);
            found.set(deed.with(draft));
            return draft.contents();
        });
        return found.get();
    }

    @Override
    public <T> T look(Deed<T> deed) throws AccessException {
        return deed.with(new Draft(file.read()));
    }

    /** Whether the file can be read; without it nobody is let in. */
    @Override
    public Result execute() {
        try {
            return new Result(
                    Result.Status.OK, file.read().people().size() + " of " + Contents.MOST_PEOPLE + " people");
        } catch (AccessException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }
}
