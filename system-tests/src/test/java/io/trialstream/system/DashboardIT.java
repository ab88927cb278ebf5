package io.trialstream.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The dashboard in a real browser: what it shows is what the REST interface answers.
 *
 * <p>{@code -Dtrialstream.write=true} writes the README's pictures anew, to {@code docs/pictures}.
 */
class DashboardIT {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Path PICTURES = Path.of("..", "docs", "pictures");
    private static final String FINISHED =
            """
            name: convnet-search
            objective: { metric: objective, direction: maximize }
            sampler: { type: tree-tpe, seed: 7, startupTrials: 15 }
            budget: { trials: 60 }
            training: { workload: sleep, epochs: 5, epochDuration: PT0.02S }
            space:
              learning_rate: { log: [1e-5, 0.1] }
              batch_size: { qlog: [16, 512, 16] }
              dropout: { uniform: [0, 0.6] }
              optimizer: { choice: [Adam, Nadam, RMSprop] }
              residual: { choice: [null, { label: residual_units, quniform: [1, 4, 1] }] }
            """;

    private static RunningStack stack;
    private static Browser browser;
    private static String study;

    private final Page page = browser.page();

    @BeforeAll
    static void searchOnce() {
        browser = Browser.start();
        browser.page().setDefaultTimeout(PATIENCE_MILLIS);
        stack = RunningStack.shared();
        study = stack.api().create(FINISHED);
        stack.api().await(study, "COMPLETED", Duration.ofMinutes(5));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void forgetComplaints() {
        browser.complaints().clear();
    }

    @Test
    void shouldListStudiesWithTheirBest() {
        open("/");

        Locator row = page.locator("tr[data-study='" + study + "']");
        assertThat(row.locator(".state").first()).hasText("completed");
        assertThat(row.locator("td[data-value]")).hasAttribute("data-value", shown(api("").at("/best/objective")));
        assertThat(row.locator("[data-state=COMPLETED][data-count]"))
                .hasAttribute("data-count", api("").at("/trials/completed").asText());
        assertSound("studies");
    }

    @Test
    void shouldShowTheBestTrialTheLeaderboardAndTheHistory() {
        open("/studies/" + study);

        assertThat(page.locator("#best .best")).hasAttribute("data-value", shown(api("").at("/best/objective")));
        List<JsonNode> leaders = items(api("/leaderboard?limit=25"));
        assertThat(page.locator("#leaderboard tbody tr")).hasCount(leaders.size());
        for (int place = 0; place < leaders.size(); place++) {
            JsonNode trial = leaders.get(place).get("trial");
            Locator row = page.locator("#leaderboard tbody tr").nth(place);
            assertThat(row).hasAttribute("data-trial", trial.get("number").asText());
            assertThat(row.locator("td[data-value]").first()).hasAttribute("data-value", shown(trial.get("objective")));
        }
        JsonNode plot = api("/plot");
        int objective = column(plot, "objective");
        assertThat(data("history", 1))
                .containsExactlyElementsOf(StreamSupport.stream(plot.get("rows").spliterator(), false)
                        .filter(row -> !row.get(objective).isNull())
                        .map(row -> shown(row.get(objective)))
                        .toList());
        assertSound("study");
    }

    @Test
    void shouldShowWhatTheParametersDecide() {
        open("/studies/" + study + "/parameters");

        assertThat(data("importance", 1))
                .containsExactlyElementsOf(StreamSupport.stream(
                                api("/importance").get("parameters").spliterator(), false)
                        .map(parameter -> shown(parameter.get("share")))
                        .toList());
        for (String chart : List.of("parallel", "slice", "contour", "scatter-matrix")) {
            assertThat(data(chart, 0)).as(chart).isNotEmpty();
        }
        assertSound("parameters");
    }

    @Test
    void shouldShowLearningCurvesAndTheTimeline() {
        open("/studies/" + study + "/curves");

        JsonNode first = api("/curves").at("/curves/0");
        List<String> values = data("curves", 2);
        for (int epoch = 0; epoch < first.get("values").size(); epoch++) {
            assertThat(values.get(epoch)).isEqualTo(shown(first.get("values").get(epoch)));
        }
        open("/studies/" + study + "/timeline");
        assertThat(data("timeline", 1))
                .containsExactlyElementsOf(items(api("/timeline?pageSize=500")).stream()
                        .map(bar -> bar.get("trainerId").asText())
                        .toList());
        assertSound("timeline");
    }

    @Test
    void shouldShowATrial() {
        JsonNode best = stack.api().get("/trials/" + api("").at("/best/trialId").asText());
        open("/trials/" + best.get("trialId").asText());

        assertThat(page.locator("#objective")).hasAttribute("data-value", shown(best.get("objective")));
        best.get("configuration").properties().forEach(entry -> assertThat(
                        page.locator("#configuration tr[data-key='" + entry.getKey() + "'] [data-value]"))
                .hasAttribute("data-value", shown(entry.getValue())));
        assertThat(page.locator("#attempts tbody tr")).hasCount(best.get("runs").size());
        assertThat(data("curve", 1)).hasSize(best.get("epochs").asInt());
        page.locator("#log button").click();
        assertThat(page.locator("#log pre")).not().isEmpty();
        assertSound("trial");
    }

    @Test
    void shouldFilterAllViewsByABrush() {
        open("/studies/" + study + "/parameters");
        assertThat(page.locator("#parallel[data-drawn]")).isVisible();

        Locator canvas = page.locator("#parallel canvas").first();
        canvas.scrollIntoViewIfNeeded();
        BoundingBox box = canvas.boundingBox();
        // The first axis, of the first parameter by name; the margins are those of the chart.
        page.mouse().move(box.x + 46, box.y + 150);
        page.mouse().down();
        page.mouse().move(box.x + 46, box.y + 260, new Mouse.MoveOptions().setSteps(8));
        page.mouse().up();

        assertThat(page.locator(".chip")).hasCount(1);
        assertThat(page.locator(".chip")).hasAttribute("data-key", "batch_size");
        assertThat(page).hasURL(Pattern.compile(".*brush=.*batch_size.*"));
        page.reload();
        assertThat(page.locator(".chip")).hasCount(1);
        Locator range = page.locator("#leaderboard tbody tr");
        assertThat(range.first()).isVisible();
        assertThat(range.count()).isLessThan(25);
        page.locator(".chip button").click();
        assertThat(range).hasCount(25);
        assertSound("brushed");
    }

    @Test
    void shouldFollowAStudyAndOutliveALostConnection() {
        String running = stack.api().create(Studies.sleeping(200, 3, Duration.ofMillis(300)));
        open("/studies/" + running);
        Locator counted = page.locator("[data-state=COMPLETED][data-count]");

        assertThat(page.locator("#connection")).hasText("Live");
        assertThat(counted).not().hasAttribute("data-count", "0");
        assertThat(page.locator("#trainers .progress").first()).isVisible();
        assertThat(browser.complaints()).isEmpty();

        page.context().setOffline(true);
        assertThat(page.locator("#connection")).containsText("Connection lost");
        String before = counted.getAttribute("data-count");
        page.context().setOffline(false);
        assertThat(page.locator("#connection")).hasText("Live");
        assertThat(counted).not().hasAttribute("data-count", before);
        stack.api().command(running, "stop");
        assertThat(page.locator("h1 + .state")).hasText("stopped");
    }

    @Test
    void shouldCreateAStudyFromAFileCheckedAtItsFields() {
        open("/new");
        assertThat(page.locator("#study-problems h2")).hasText("This file can be created");
        assertThat(page.locator(".prior")).hasCount(5);
        assertSound("new");

        String hostile = "<img src=x onerror=alert(1)>";
        String file = FINISHED.replace("convnet-search", "hostile-texts")
                .replace("Adam, Nadam, RMSprop", "'" + hostile + "'")
                .replace("trials: 60", "trials: 1");
        page.locator("#study-file").fill(file.replace("log: [1e-5, 0.1]", "log: [-1, 0.1]"));
        assertThat(page.locator("#study-problems li button").first()).containsText("space.learning_rate");
        assertThat(page.locator("button.primary")).isDisabled();

        page.locator("#study-file").fill(file);
        assertThat(page.locator("#study-problems h2")).hasText("This file can be created");
        page.locator("button.primary").click();
        assertThat(page.locator("h1")).hasText("hostile-texts");
        assertThat(page.locator("#best")).containsText(hostile);
        assertThat(page.locator("main img")).hasCount(0);

        page.locator("button.danger", new Page.LocatorOptions().setHasText("Delete"))
                .click();
        Locator confirm = page.locator("dialog button.danger");
        assertThat(confirm).isDisabled();
        page.locator("dialog input").fill(page.locator("dialog #to-type code").innerText());
        confirm.click();
        assertThat(page.locator("#notices")).containsText("Deleted");
    }

    @Test
    void shouldCompareStudies() {
        open("/compare?studies=" + study);

        JsonNode steps = api("/history").get("items");
        List<String> shown = data("compare", 2);
        for (int step = 0; step < steps.size(); step++) {
            assertThat(shown.get(step)).isEqualTo(shown(steps.get(step).get("objective")));
        }
        assertSound("compare");
    }

    @Test
    void shouldBeReadableInTheDarkAndOnAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : List.of(390, 1440)) {
                page.setViewportSize(width, 900);
                open("/studies/" + study);
                assertThat(page.locator("#history[data-drawn]")).isVisible();
                assertThat((Boolean) page.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as("no part is wider than %d pixels", width)
                        .isTrue();
                assertSound("study-" + scheme + "-" + width);
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    void shouldShowTheReadmeWhatItLooksLike() {
        page.setViewportSize(1120, 780);
        page.mouse().move(0, 0);
        open("/studies/" + study);
        assertThat(page.locator("#history[data-drawn]")).isVisible();
        picture("dashboard-study");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        open("/studies/" + study + "/parameters");
        assertThat(page.locator("#parallel[data-drawn]")).isVisible();
        assertThat(page.locator("#importance[data-drawn]")).isVisible();
        picture("dashboard-parameters");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(browser.complaints()).isEmpty();
    }

    private void open(String path) {
        page.navigate(stack.url() + path);
    }

    private static JsonNode api(String path) {
        return stack.api().get("/studies/" + study + path);
    }

    private static List<JsonNode> items(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false).toList();
    }

    /** A value as scripts write it. */
    private String shown(JsonNode value) {
        return (String) page.evaluate("text => String(JSON.parse(text))", value.toString());
    }

    private static int column(JsonNode plot, String field) {
        return StreamSupport.stream(plot.get("fields").spliterator(), false)
                .map(JsonNode::asText)
                .toList()
                .indexOf(field);
    }

    /** A column of the table that a chart shows beside its picture, exactly. */
    private List<String> data(String chart, int column) {
        page.locator("#" + chart).scrollIntoViewIfNeeded();
        assertThat(page.locator("#" + chart + "[data-drawn]")).isVisible();
        page.locator("#" + chart + " header button", new Page.LocatorOptions().setHasText("Data"))
                .click();
        Locator cells = page.locator("#" + chart + " .chart-data tbody td:nth-child(" + (column + 1) + ")");
        assertThat(cells.first()).isVisible();
        return cells.all().stream().map(cell -> cell.getAttribute("data-value")).toList();
    }

    /** No complaint in the console, and nothing serious that axe-core finds; leaves a picture. */
    private void assertSound(String name) {
        browser.picture("dashboard-" + name);
        page.evaluate(axe());
        @SuppressWarnings("unchecked")
        List<Object> found = (List<Object>)
                page.evaluate(
                        """
                        axe.run().then((results) => results.violations
                            .filter((one) => ['serious', 'critical'].includes(one.impact))
                            .map((one) => `${one.id}: ${one.nodes[0].html}`))""");
        assertThat(found).as(name).isEmpty();
        assertThat(browser.complaints()).as(name).isEmpty();
    }

    private static String axe() {
        try (InputStream script = DashboardIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void picture(String name) {
        if (Boolean.getBoolean("trialstream.write")) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + ".png"))
                    .setAnimations(ScreenshotAnimations.DISABLED));
        }
    }
}
