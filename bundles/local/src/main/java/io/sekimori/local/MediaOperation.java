package io.sekimori.local;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * Lists the packs that the page lists, for a person on the machine. They are told by name and place; what one is worth the
 * engine says when it is asked. Thread-safe.
 */
@Component(
        service = ControlOperation.class,
        configurationPid = Settings.PID,
        property = ControlOperation.NAME + "=update.media")
public final class MediaOperation implements ControlOperation {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path uploads;
    private final Shelf shelf = new Shelf(PATIENCE);
    private volatile Packs packs;

    /** Called by Declarative Services. */
    @Activate
    public MediaOperation(@Reference RunningGeneration running, Settings.Config config) {
        this(running.unit().resolve("data").resolve(LocalTls.BUNDLE), Settings.of(config));
    }

    MediaOperation(Path data, Settings settings) {
        this.uploads = new Upload(data).folder();
        this.packs = new Packs(settings.media(), uploads, shelf);
    }

    /** Takes a new configuration without the service going away; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        packs = new Packs(Settings.of(config).media(), uploads, shelf);
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        Packs now = packs;
        List<Map<String, Object>> found =
                now.all().stream().map(MediaOperation::told).toList();
        return new ControlAnswer.Done(Map.of("media", now.media().name(), "packs", found));
    }

    private static Map<String, Object> told(Pack pack) {
        Map<String, Object> told = new HashMap<>(pack.json());
        told.put("file", pack.file().toString());
        return told;
    }
}
