"""The obvious way to train live in Streamlit: a loop that calls `st.plotly_chart` as it goes.

The same eight runs as the page that it is measured beside. `?pause=0.05` waits so many seconds
after each update, for a browser that cannot follow otherwise.
"""

import time

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
import torch

EPOCHS = 5000
EVERY = 42
T_C = [0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0]
T_U = [35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4]

rates = [float(rate) for rate in st.query_params.get_all("rate")] or [1e-2]
pause = float(st.query_params.get("pause", "0"))

st.title("Gradient descent in a loop")
left, right = st.columns(2)
fit_place, loss_place = left.empty(), right.empty()

if st.button("Train"):
    x, y = 0.1 * torch.tensor(T_U), torch.tensor(T_C)
    params = torch.tensor([[1.0, 0.0]] * len(rates), requires_grad=True)
    step = torch.tensor(rates)[:, None]
    losses = pd.DataFrame(columns=pd.Index(rates, name="learning rate"), dtype=float)
    for epoch in range(EPOCHS + 1):
        predicted = params[:, :1] * x + params[:, 1:]
        loss = ((predicted - y) ** 2).mean(dim=1)
        if epoch % EVERY == 0 or epoch == EPOCHS:
            losses.loc[epoch] = loss.tolist()
            fit = go.Figure(layout={"title": f"Fitted line, epoch {epoch}"})
            fit.add_scatter(x=T_U, y=T_C, mode="markers", name="readings")
            for rate, line in zip(rates, predicted.tolist(), strict=True):
                fit.add_scatter(x=T_U, y=line, mode="lines", name=f"{rate:g}")
            curves = go.Figure(layout={"title": f"Loss, epoch {epoch}"})
            for rate in rates:
                curves.add_scatter(x=losses.index, y=losses[rate], mode="lines", name=f"{rate:g}")
            curves.update_yaxes(type="log")
            fit_place.plotly_chart(fit)
            loss_place.plotly_chart(curves)
            time.sleep(pause)
        loss.sum().backward()
        assert params.grad is not None
        params = (params - step * params.grad).detach().requires_grad_()
