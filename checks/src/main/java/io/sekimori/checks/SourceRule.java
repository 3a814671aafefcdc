package io.sekimori.checks;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What only the source tells: nobody catches everything, and public types say what they promise. */
public final class SourceRule implements Rule {

    private static final Set<String> EVERYTHING =
            Set.of("Throwable", "Exception", "java.lang.Throwable", "java.lang.Exception");

    @Override
    public List<String> violations(Product product) {
        List<Path> sources = new ArrayList<>();
        product.modules().forEach(module -> sources.addAll(module.sources()));
        if (sources.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            List<String> found = new ArrayList<>();
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                Path file =
                        product.root().relativize(Path.of(unit.getSourceFile().toUri()));
                new Reader(file, unit, docs, found).scan(unit, null);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final Path file;
        private final CompilationUnitTree unit;
        private final DocTrees docs;
        private final List<String> found;
        private final boolean shipped;

        Reader(Path file, CompilationUnitTree unit, DocTrees docs, List<String> found) {
            this.file = file;
            this.unit = unit;
            this.docs = docs;
            this.found = found;
            this.shipped = file.startsWith("bundles") && file.toString().contains("/src/main/");
        }

        @Override
        public @Nullable Void visitCatch(CatchTree tree, @Nullable Void nothing) {
            Tree caught = tree.getParameter().getType();
            List<? extends Tree> types =
                    caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
            for (Tree type : types) {
                if (EVERYTHING.contains(type.toString())) {
                    found.add(place(tree) + ": catches " + type + ", which hides what nobody thought of");
                }
            }
            return super.visitCatch(tree, nothing);
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            boolean topLevel = getCurrentPath().getParentPath().getLeaf() == unit;
            if (shipped
                    && topLevel
                    && tree.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && docs.getDocComment(getCurrentPath()) == null) {
                found.add(place(tree) + ": " + tree.getSimpleName() + " is public and does not say what it promises");
            }
            return super.visitClass(tree, nothing);
        }

        private String place(Tree tree) {
            long start = docs.getSourcePositions().getStartPosition(unit, tree);
            return file + ":" + unit.getLineMap().getLineNumber(start);
        }
    }
}
