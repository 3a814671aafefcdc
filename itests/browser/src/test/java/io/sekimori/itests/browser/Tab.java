package io.sekimori.itests.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One tab of the browser, and what a person does in it. Confined to one thread. */
final class Tab implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;
    private static final int CLICKS = 5;

    /** Runs before any script of a page, so that no broken rule goes unseen, nor a click. */
    private static final String WITNESS = "addEventListener('securitypolicyviolation',"
            + " e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));"
            + " window.clicks = []; addEventListener('click',"
            + " e => clicks.push(Math.round(performance.now()) + ' ms ' + (e.target.id || e.target.tagName)), true);";

    private final Wire wire;
    private final String session;
    private final String context;
    private final String origin;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private int width;

    Tab(Wire wire, String session, String context, String origin) {
        this.wire = wire;
        this.session = session;
        this.context = context;
        this.origin = origin;
        wire.listen(session, this::happened);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            ask(domain + ".enable", Map.of());
        }
        ask("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WITNESS));
        size(1440, 900);
    }

    private void happened(String event, Map<String, Object> facts) {
        switch (event) {
            case "Runtime.exceptionThrown" -> faults.add("exception: " + facts.get("exceptionDetails"));
            case "Runtime.consoleAPICalled" -> {
                if ("error".equals(facts.get("type"))) {
                    faults.add("console: " + facts.get("args"));
                }
            }
            case "Log.entryAdded" -> {
                Map<String, Object> entry = Json.object(facts, "entry");
                // A refused request is told by its page; everything else that is an error must not be.
                if ("error".equals(entry.get("level")) && !"network".equals(entry.get("source"))) {
                    faults.add("log: " + entry.get("text"));
                }
            }
            case "Network.loadingFinished" ->
                bytes.addAndGet(((Number) facts.getOrDefault("encodedDataLength", 0L)).longValue());
            default -> {}
        }
    }

    /** Broken content security policy, exceptions and errors, so far. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many bytes came over the wire, headers too, so far. */
    long bytes() {
        return bytes.get();
    }

    private Map<String, Object> ask(String method, Map<String, ?> parameters) {
        return wire.ask(session, method, parameters);
    }

    void size(int width, int height) {
        this.width = width;
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Whether nothing reaches beyond the right edge. A phone shows a wider page smaller, and says that it is wider. */
    boolean fits() {
        Object seen = eval("Math.max(innerWidth, document.documentElement.scrollWidth)");
        return ((Number) seen).intValue() <= width;
    }

    void theme(String theme) {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", theme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** What a person chose before; only once a page of the console is open. */
    void language(String language) {
        eval("localStorage.setItem('language', '" + language + "')");
    }

    /** What the browser keeps of a sign-in. */
    Map<String, Object> session() {
        Object cookies = ask("Network.getCookies", Map.of()).get("cookies");
        Map<?, ?> kept = (Map<?, ?>) ((List<?>) cookies).get(0);
        return Map.of(
                "name",
                String.valueOf(kept.get("name")),
                "value",
                String.valueOf(kept.get("value")),
                "url",
                origin + "/",
                "path",
                "/",
                "secure",
                true,
                "httpOnly",
                true,
                "sameSite",
                "Strict");
    }

    /** Goes on with a sign-in of another tab. */
    void session(Map<String, Object> kept) {
        ask("Network.setCookies", Map.of("cookies", List.of(kept)));
    }

    void offline(boolean off) {
        ask(
                "Network.emulateNetworkConditions",
                Map.of("offline", off, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Requests of this form fail from now on as if nobody answered; an empty one lets all through. */
    void block(String pattern) {
        ask("Network.setBlockedURLs", Map.of("urls", pattern.isEmpty() ? List.of() : List.of(pattern)));
    }

    /** Where what is downloaded goes from now on. */
    void downloads(Path folder) {
        ask("Page.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** Requests of this form wait from now on, until {@link #quick}. */
    void slow(String pattern) {
        ask("Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", pattern))));
    }

    /** Lets go on what waited. */
    void quick() {
        ask("Fetch.disable", Map.of());
    }

    /** Opens an address of the console and waits until its screen is drawn. */
    void open(String path) {
        eval("window.left = true"); // what is asked next may still be answered by the page that goes
        ask("Page.navigate", Map.of("url", origin + path));
        await("!window.left && document.readyState === 'complete' && !!document.querySelector('h1')"
                + " && !document.querySelector('.bones')");
    }

    @Nullable
    Object eval(String script) {
        Map<String, Object> answer = evaluated(script);
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(script + ": " + answer.get("exceptionDetails"));
        }
        return Json.object(answer, "result").get("value");
    }

    private Map<String, Object> evaluated(String script) {
        return ask(
                "Runtime.evaluate",
                Map.of("expression", script, "returnByValue", true, "awaitPromise", true, "userGesture", true));
    }

    String text(String selector) {
        return String.valueOf(eval("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''"));
    }

    String address() {
        return String.valueOf(eval("location.pathname + location.search"));
    }

    long count(String selector) {
        return ((Number) eval("document.querySelectorAll(" + quoted(selector) + ").length")).longValue();
    }

    /** Waits until the expression is true. While it throws, since what it asks is not drawn yet, it is not. */
    void await(String expression) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Map<String, Object> answer = evaluated("!!(" + expression + ")");
        while (answer.containsKey("exceptionDetails")
                || !Boolean.TRUE.equals(Json.object(answer, "result").get("value"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never became true: " + expression + " at " + address() + "\n" + answer + "\n"
                        + text("body") + "\n" + faults + "\nclicked since it was loaded: "
                        + eval("clicks.join(', ') + ', of ' + Math.round(performance.now()) + ' ms'"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            answer = evaluated("!!(" + expression + ")");
        }
    }

    void awaitText(String text) {
        await("document.body.innerText.includes(" + quoted(text) + ")");
    }

    void awaitAt(String selector) {
        await("document.querySelector(" + quoted(selector) + ")");
    }

    /** Presses the mouse on the first match, where a person would; fails if something lies above it. */
    void click(String selector) {
        // What comes live may move it away under the pointer; a person then presses again.
        String here = address();
        for (int again = 0; again < CLICKS; again++) {
            await("(e => e && !e.disabled)(document.querySelector(" + quoted(selector) + "))");
            pressAt(place(selector));
            Object clicked = eval("window.clicked");
            if (Boolean.TRUE.equals(clicked) || clicked == null && !here.equals(address())) {
                return; // on this page, or that has gone
            }
        }
        throw new AssertionError("no click arrives at " + selector);
    }

    private String place(String selector) {
        String place = String.valueOf(eval("(() => { const e = document.querySelector(" + quoted(selector)
                + "); e.scrollIntoView({ block: 'center' }); const r = e.getBoundingClientRect();"
                + " const x = r.x + r.width / 2, y = r.y + r.height / 2, at = document.elementFromPoint(x, y);"
                + " const here = node => e.contains(node) || !!node?.closest?.('label')?.contains(e); window.clicked = false;"
                + " addEventListener('click', c => { window.clicked = here(c.target); }, { capture: true, once: true });"
                + " return here(at) ? x + ' ' + y : ''; })()"));
        if (place.isEmpty()) {
            throw new AssertionError("something hides " + selector);
        }
        return place;
    }

    private void pressAt(String place) {
        double x = Double.parseDouble(place.split(" ")[0]);
        double y = Double.parseDouble(place.split(" ")[1]);
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            ask("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    /** Types into a field in place of what it held. */
    void type(String selector, String text) {
        awaitAt(selector);
        eval("(() => { const e = document.querySelector(" + quoted(selector) + "); e.focus(); e.select?.(); })()");
        ask("Input.insertText", Map.of("text", text));
    }

    /** Chooses a file in a field for files. */
    void choose(String selector, Path file) {
        Object root = Json.object(ask("DOM.getDocument", Map.of()), "root").get("nodeId");
        Object node = ask("DOM.querySelector", Map.of("nodeId", (Number) root, "selector", selector))
                .get("nodeId");
        ask("DOM.setFileInputFiles", Map.of("nodeId", (Number) node, "files", List.of(file.toString())));
    }

    /** Presses keys one after the other: a character each, or a name such as Enter. */
    void press(String... keys) {
        for (String key : keys) {
            boolean written = key.length() == 1;
            String text = written ? key : key.equals("Enter") ? "\r" : "";
            ask(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            text.isEmpty() ? "rawKeyDown" : "keyDown",
                            "key",
                            key,
                            "text",
                            text,
                            "code",
                            written ? "" : key,
                            "windowsVirtualKeyCode",
                            Keys.code(key)));
            ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
        }
    }

    /** PNG of the whole page, in Base64. */
    String picture() {
        return String.valueOf(ask("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data"));
    }

    static String quoted(String text) {
        return Json.write(text);
    }

    @Override
    public void close() {
        wire.ask("", "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}
