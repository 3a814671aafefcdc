package io.sekimori.local;

import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.UpdateService;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Updates from a stick or from the phone of whoever stands before the gateway. What a pack is worth the engine decides,
 * here as on every other road. Thread-safe.
 */
@Component(service = Resource.class, configurationPid = Settings.PID)
@Designate(ocd = Settings.Config.class)
public final class UpdatesResource implements Resource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(service = LoggerFactory.class)
    Logger log;

    private final Advice advice;
    private final Upload upload;
    private final Shelf shelf = new Shelf(PATIENCE);
    private final Checks checks = new Checks();
    private final Course course = new Course();
    private final Changes changes;
    private final Supplier<Map<String, MediaFinds.Find>> found;
    private volatile Packs packs;
    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public UpdatesResource(
            BundleContext own,
            @Reference RunningGeneration running,
            @Reference MediaWatch watch,
            Settings.Config config) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this(
                running.unit().resolve("data").resolve(LocalTls.BUNDLE),
                Settings.of(config),
                Advice.in(own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext()),
                watch::found);
    }

    /** @param found which of the packs are known to be an update for this gateway, by id */
    UpdatesResource(Path data, Settings settings, Advice advice, Supplier<Map<String, MediaFinds.Find>> found) {
        this.advice = advice;
        this.found = found;
        this.upload = new Upload(data);
        this.packs = new Packs(settings.media(), upload.folder(), shelf);
        this.changes = new Changes(() -> packs, upload, checks, course, new Trail(this::trail), advice, () -> log);
    }

    /** Keeps engine and audit for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        updateAtEnd = update;
        auditAtEnd = audit;
    }

    private @Nullable UpdateService engine() {
        return Lasting.of(update, updateAtEnd);
    }

    private @Nullable AuditLog trail() {
        return Lasting.of(audit, auditAtEnd);
    }

    /** Takes a new configuration without the service going away; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        packs = new Packs(Settings.of(config).media(), upload.folder(), shelf);
    }

    @Override
    public List<Route> routes() {
        return UpdateRoutes.ALL;
    }

    @Override
    public Response handle(Request request) throws WebException, IOException {
        UpdateService current = engine(); // read once: one call, one engine
        if (current == null) {
            throw new WebException(new Problem(503, WebCode.PART_ABSENT, "no update engine is there at this moment"));
        }
        return switch (request.route().name()) {
            case UpdateRoutes.SHOW -> show(current, new UpdateJson(advice, request.language()));
            case UpdateRoutes.UPLOAD -> changes.keep(current, request);
            case UpdateRoutes.REMOVE -> changes.remove(current, request);
            case UpdateRoutes.CHECK -> changes.check(current, request);
            case UpdateRoutes.INSTALL -> changes.install(current, request);
            default -> changes.cancel(current, request);
        };
    }

    private static Map<String, Object> json(Pack pack, Map<String, MediaFinds.Find> known, UpdateJson form) {
        Map<String, Object> json = new TreeMap<>(pack.json());
        MediaFinds.Find find = known.get(pack.id());
        if (find != null) {
            json.put("update", form.of(find.plan()));
        }
        return json;
    }

    private Response show(UpdateService engine, UpdateJson form) {
        Packs now = packs;
        Map<String, Object> json = new TreeMap<>();
        json.put("media", now.media().name());
        Map<String, MediaFinds.Find> known = found.get();
        json.put(
                "packs", now.all().stream().map(pack -> json(pack, known, form)).toList());
        checks.json(form).ifPresent(check -> json.put("check", check));
        Optional<OpenTransition> open = engine.open();
        open.ifPresent(each -> json.put("transition", form.of(each, course.of(each, engine))));
        json.put("recent", engine.recent().stream().map(form::of).toList());
        return Response.json(json);
    }
}
