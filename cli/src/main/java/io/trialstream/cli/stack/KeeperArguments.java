package io.trialstream.cli.stack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@link KeeperMain} is told on its command line.
 *
 * @param settings of the stack that it is to start; empty when it is to take over one that runs
 */
record KeeperArguments(StackDirectory directory, Installation installation, Optional<StackSettings> settings) {

    List<String> toList() {
        List<String> own =
                List.of(directory.root().toString(), installation.home().toString());
        return settings.map(wanted -> concatenated(own, toList(wanted))).orElse(own);
    }

    static KeeperArguments parse(String... arguments) {
        List<String> list = List.of(arguments);
        return new KeeperArguments(
                new StackDirectory(Path.of(list.get(0))),
                new Installation(Path.of(list.get(1))),
                list.size() == 2 ? Optional.empty() : Optional.of(settings(list.subList(2, list.size()))));
    }

    private static List<String> toList(StackSettings settings) {
        return List.of(
                String.valueOf(settings.trainers()),
                settings.without().stream().map(Role::name).collect(Collectors.joining(",")),
                settings.httpPort().isPresent()
                        ? String.valueOf(settings.httpPort().getAsInt())
                        : "",
                settings.engine().name(),
                String.valueOf(settings.slots()));
    }

    private static StackSettings settings(List<String> list) {
        Set<Role> without = EnumSet.noneOf(Role.class);
        Arrays.stream(list.get(1).split(","))
                .filter(role -> !role.isEmpty())
                .map(Role::valueOf)
                .forEach(without::add);
        return new StackSettings(
                Integer.parseInt(list.get(0)),
                without,
                list.get(2).isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(list.get(2))),
                TrainerEngine.valueOf(list.get(3)),
                Integer.parseInt(list.get(4)));
    }

    private static List<String> concatenated(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }
}
