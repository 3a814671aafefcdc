package io.sekimori.itests.process;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ByteValue;
import com.sun.jdi.ClassNotLoadedException;
import com.sun.jdi.ClassNotPreparedException;
import com.sun.jdi.ClassType;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.InvocationException;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Halts a gateway's JVM before each call that makes something last on the disk of its unit: a sync of a file or folder, a
 * rename, a deletion, a new folder. One counter for all threads, which no counter of system calls per thread can be.
 * All threads stand still while {@link Watcher#reached} decides.
 */
final class Breakpoints {

    /** A sync of a file or a folder; the other calls have the path after their name. */
    static final String SYNC = "force";

    private static final Map<String, Set<String>> PERSISTING = Map.of(
            "sun.nio.ch.FileDispatcherImpl", Set.of(SYNC),
            "sun.nio.ch.UnixFileDispatcherImpl", Set.of(SYNC),
            "sun.nio.fs.UnixNativeDispatcher", Set.of("rename", "unlink", "rmdir", "mkdir"));

    /**
     * The thread that ends the process last of all. No sync fails in it: an error thrown into a thread that then halts
     * makes the debugger's agent of JDK 25 crash (libjdwp, threadControl_setPendingInterrupt), and with it the exit code.
     */
    private static final String HALTS = "main";

    // One throwable cannot be suppressed by itself, which is what happens if closing fails after writing did.
    private static final int FAULTS = 32;

    private final Path unit;
    private final Watcher watcher;
    private final List<ObjectReference> faults = new ArrayList<>();
    private int failed;

    /** Hears of each call before it is made. */
    @FunctionalInterface
    interface Watcher {
        /** Whether the call, a sync, is to fail as it does on a disk that is dying. */
        boolean reached(String call);
    }

    Breakpoints(Path unit, Watcher watcher) {
        this.unit = unit;
        this.watcher = watcher;
    }

    /** Attaches to a JVM that waits on that port of this machine, and lets it go. */
    void attach(int port) {
        VirtualMachine machine = connect(port);
        for (Map.Entry<String, Set<String>> type : PERSISTING.entrySet()) {
            List<ReferenceType> loaded = machine.classesByName(type.getKey());
            loaded.forEach(each -> breakIn(machine, each, type.getValue()));
            if (loaded.isEmpty()) {
                ClassPrepareRequest coming = machine.eventRequestManager().createClassPrepareRequest();
                coming.addClassFilter(type.getKey());
                coming.enable();
            }
        }
        Thread thread = new Thread(() -> serve(machine), "sekimori-itest-breakpoints");
        thread.setDaemon(true);
        thread.start();
        machine.resume();
    }

    private static VirtualMachine connect(int port) {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        try {
            return connector.attach(arguments);
        } catch (IOException | IllegalConnectorArgumentsException e) {
            throw new IllegalStateException("cannot attach to the gateway's JVM", e);
        }
    }

    private static void breakIn(VirtualMachine machine, ReferenceType type, Set<String> names) {
        try {
            for (Method method : type.methods()) {
                if (names.contains(method.name()) && !method.isNative() && !method.isAbstract()) {
                    machine.eventRequestManager()
                            .createBreakpointRequest(method.location())
                            .enable();
                }
            }
        } catch (ClassNotPreparedException e) {
            throw new IllegalStateException(type + " is not prepared", e);
        }
    }

    private void serve(VirtualMachine machine) {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        ReferenceType type = prepared.referenceType();
                        breakIn(machine, type, PERSISTING.get(type.name()));
                    } else if (event instanceof BreakpointEvent hit) {
                        if (faults.isEmpty()) {
                            makeFaults(machine, hit.thread());
                        }
                        if (reached(hit) && !hit.thread().name().equals(HALTS)) {
                            fail(hit.thread());
                        }
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            return; // the gateway's process has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean reached(BreakpointEvent hit) {
        String method = hit.location().method().name();
        if (method.equals(SYNC)) {
            return watcher.reached(SYNC);
        }
        String path = path(hit);
        // What the JVM does in its scratch folders lasts no longer than the process.
        if (path.startsWith(unit.toString())
                && !path.startsWith(unit.resolve("run").toString())) {
            watcher.reached(method + " " + unit.relativize(Path.of(path)));
        }
        return false;
    }

    /**
     * Makes what is thrown later, at a halt of a process that starts, as soon as it has loaded the class. Making one takes
     * the thread that is halted: where another is halted at the same time, it would never come to it, and both would wait
     * for ever.
     */
    private void makeFaults(VirtualMachine machine, ThreadReference thread) {
        // What the Java runtime makes of EIO.
        List<ReferenceType> loaded = machine.classesByName("java.io.IOException");
        if (loaded.isEmpty()) {
            return;
        }
        ClassType type = (ClassType) loaded.get(0);
        Method constructor = type.concreteMethodByName("<init>", "(Ljava/lang/String;)V");
        StringReference message = machine.mirrorOf("Input/output error");
        message.disableCollection();
        try {
            while (faults.size() < FAULTS) {
                ObjectReference fault =
                        type.newInstance(thread, constructor, List.of(message), ClassType.INVOKE_SINGLE_THREADED);
                fault.disableCollection();
                faults.add(fault);
            }
        } catch (InvalidTypeException
                | ClassNotLoadedException
                | IncompatibleThreadStateException
                | InvocationException e) {
            throw new IllegalStateException("what a failing sync throws could not be made", e);
        }
    }

    private void fail(ThreadReference thread) {
        try {
            thread.stop(faults.get(failed++ % FAULTS));
        } catch (InvalidTypeException e) {
            throw new IllegalStateException("a sync could not be made to fail", e);
        }
    }

    private static String path(BreakpointEvent hit) {
        try {
            Value first = hit.thread().frame(0).getArgumentValues().get(0);
            if (first instanceof ObjectReference path) {
                // Once in a night the debugger's interface did not know this field of the class when asked for it by
                // its name.
                Field bytes = path.referenceType().allFields().stream()
                        .filter(field -> field.name().equals("path"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no path in " + path.referenceType() + " with "
                                + path.referenceType().allFields() + ", halted at " + hit.location()));
                return text((ArrayReference) path.getValue(bytes));
            }
            return "";
        } catch (IncompatibleThreadStateException e) {
            throw new IllegalStateException("a thread at a breakpoint stands still", e);
        }
    }

    private static String text(ArrayReference array) {
        byte[] bytes = new byte[array.length()];
        List<Value> values = array.getValues();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((ByteValue) values.get(i)).value();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
