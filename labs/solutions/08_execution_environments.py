"""Lab 08, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 8.1 Load once
# An ES module may await outside the handler: INIT ends when that has ended. The handler then uses what is there.
line = "  const menu = await load();\n"
once_js = menu_js.replace(line, "")
once_js = once_js.replace("export const handler", "const menu = await load();\n\nexport const handler")
deploy(lab, "lab08-menu-js", {"index.mjs": once_js}, **node)

# %% 8.2 Give it what it needs
# A photo of 300 MB and Python take some 330 MB. 512 MB leave room for the largest, and more than half is used. Processor
# time comes with memory, so for a function that computes, half empty may still be right: measure (step 4).
configure("lab08-photos", MemorySize=512)

# %% 8.3 Spare the till
# Both a promise and a limit: two at once are always served, and never a third.
lambda_client.put_function_concurrency(FunctionName="lab08-till", ReservedConcurrentExecutions=2)

# %% 8.4 Keep two ready
# Callers know the alias only. On AWS provisioned concurrency moves with it when it points at the
# next version. That takes a minute or two again, and callers may meet cold starts meanwhile.
version = lambda_client.publish_version(FunctionName="lab08-welcome")["Version"]
lambda_client.create_alias(FunctionName="lab08-welcome", Name="live", FunctionVersion=version)
lambda_client.put_provisioned_concurrency_config(
    FunctionName="lab08-welcome", Qualifier="live", ProvisionedConcurrentExecutions=2
)
wait_for(lambda: provisioned("lab08-welcome", "live")["Status"] == "READY")

# %% 8.5 Bundle one more
# --bundle puts what is imported into the file and leaves out what nobody uses (tree shaking); --minify shortens names.
# In your cell it is a line with `!`, as above. A .py file cannot hold one: here the same line is given to the same shell.
command = f"{packages.NODE} node_modules/esbuild/bin/esbuild totals.mjs --bundle --minify"
options = "--platform=node --format=esm --log-level=error --outfile=totals/index.mjs"
get_ipython().system(f"cd {project} && {command} {options}")
deploy(lab, "lab08-totals", project / "totals", compress=True, **node)

# %% 8.6 Change the processor
# UpdateFunctionCode takes Architectures, because what is compiled has to be compiled for it. Here the code is the same.
lambda_client.update_function_code(FunctionName="lab08-hello", ZipFile=package, Architectures=["arm64"])
lambda_client.get_waiter("function_updated_v2").wait(FunctionName="lab08-hello")

# %% On your own 1: Two crowds of five
# Five cold starts: each of the first five needs an environment, and the second five find those five free. Should one of
# the first have ended before another came, it would even be fewer.
deploy(lab, "lab08-menu", {"index.py": once_py}, **python)
for crowd in (1, 2):
    with ThreadPoolExecutor(5) as pool:
        reports = [report for _, report in pool.map(lambda _: call("lab08-menu"), range(5))]
    print("crowd", crowd, "cold:", sum(report.init_ms is not None for report in reports))
