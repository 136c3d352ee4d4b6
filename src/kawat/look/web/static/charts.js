// Draw a chart anew, with tooltips. The expressions are interpreted: nothing is evaluated.
"use strict";

function load(address) {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", done);
    script.addEventListener("error", fail);
    document.head.append(script);
  });
}

function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

async function explore(figure, button) {
  button.disabled = true;
  try {
    if (!window.vegaEmbed) await load("/static-charts/vega.js");
    const address = new URL(figure.dataset.chart, location.href);
    address.searchParams.set("theme", isDark() ? "dark" : "light");
    const spec = await (await fetch(address)).json();
    const place = document.createElement("div");
    await window.vegaEmbed(place, spec, {
      ast: true, actions: false, defaultStyle: false, renderer: "svg",
      tooltip: { disableDefaultStyle: true },
    });
    figure.querySelector(".canvas").replaceChildren(place);
    button.remove();
  } catch (error) {
    console.error(error);
    button.disabled = false;
  }
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const button = figure.querySelector("[data-explore]");
  button.hidden = false;
  button.addEventListener("click", () => explore(figure, button));
}
