package io.sekimori.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;

/**
 * The commands by name. Only the named command's class is loaded: reading the annotations of all of them would cost
 * more than most commands do.
 */
final class Commands implements CommandLine.IFactory {

    private static final List<Entry> OURS = List.of(
            new Entry("keys", "io.sekimori.cli.KeysCommand"),
            new Entry("release", "io.sekimori.cli.ReleaseCommand"),
            new Entry("tuf", "io.sekimori.cli.tuf.TufCommand"),
            new Entry("director", "io.sekimori.cli.DirectorCommand"),
            new Entry("approval", "io.sekimori.cli.ApprovalCommand"),
            new Entry("factory", "io.sekimori.cli.FactoryCommand"),
            new Entry("gateway", "io.sekimori.cli.GatewayCommand"),
            new Entry("status", "io.sekimori.cli.StatusCommand"),
            new Entry("bundles", "io.sekimori.cli.BundlesCommand"),
            new Entry("update", "io.sekimori.cli.UpdateCommand"),
            new Entry("identity", "io.sekimori.cli.IdentityCommand"),
            new Entry("vault", "io.sekimori.cli.VaultCommand"),
            new Entry("audit", "io.sekimori.cli.console.AuditCommand"),
            new Entry("support-bundle", "io.sekimori.cli.SupportBundleCommand"),
            new Entry("console", "io.sekimori.cli.console.ConsoleCommand"),
            new Entry("gateways", "io.sekimori.cli.console.GatewaysCommand"),
            new Entry("config", "io.sekimori.cli.console.ConfigCommand"),
            new Entry("rollout", "io.sekimori.cli.console.RolloutCommand"),
            new Entry("releases", "io.sekimori.cli.console.ReleasesCommand"),
            new Entry("notices", "io.sekimori.cli.console.NoticesCommand"),
            new Entry("login", "io.sekimori.cli.console.LoginCommand"),
            new Entry("logout", "io.sekimori.cli.console.LogoutCommand"),
            new Entry("completion", "io.sekimori.cli.CompletionCommand"));

    private final Shell shell;

    private Commands(Shell shell) {
        this.shell = shell;
    }

    private record Entry(String name, String className) {}

    /** The command line that can execute {@code arguments}. */
    static CommandLine lineFor(Shell shell, String... arguments) {
        Commands commands = new Commands(shell);
        for (Entry entry : OURS) {
            if (named(entry.name(), arguments)) {
                return commands.with(List.of(entry));
            }
        }
        return commands.whole();
    }

    /** The command line with every command, also those that other jars on the class path add. */
    static CommandLine whole(Shell shell) {
        return new Commands(shell).whole();
    }

    private static boolean named(String name, String... arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("-")) {
                return argument.equals(name);
            }
        }
        return false;
    }

    private CommandLine whole() {
        List<Entry> all = new ArrayList<>(OURS);
        for (AddedCommand added : ServiceLoader.load(AddedCommand.class, Commands.class.getClassLoader())) {
            all.add(new Entry(added.name(), added.commandClass().getName()));
        }
        return with(all);
    }

    private CommandLine with(List<Entry> entries) {
        CommandLine root = new CommandLine(RootCommand.class, this);
        for (Entry entry : entries) {
            root.addSubcommand(entry.name(), load(entry.className()));
        }
        root.setResourceBundle(shell.messages().bundle());
        return root;
    }

    private static Class<?> load(String className) {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the class path lacks " + className, e);
        }
    }

    /** Commands get the {@link Shell} in their constructor. */
    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (List.of(constructor.getParameterTypes()).equals(List.of(Shell.class))) {
                return type.cast(construct(constructor));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }

    private Object construct(Constructor<?> constructor) throws ReflectiveOperationException {
        try {
            return constructor.newInstance(shell);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the command cannot be made", e.getCause());
        }
    }
}
